//! One colour a class: Okabe and Ito's palette, which people with any colour vision can tell apart.

use crate::extract::Class;

/// Red, green, blue, 0 to 255.
#[must_use]
pub const fn colour(class: Class) -> (u8, u8, u8) {
    match class {
        Class::Person => (0xE6, 0x9F, 0x00),
        Class::Organization => (0x56, 0xB4, 0xE9),
        Class::Country => (0x00, 0x9E, 0x73),
        Class::Place => (0x99, 0x99, 0x99),
        Class::Event => (0xD5, 0x5E, 0x00),
        Class::Instrument => (0x00, 0x72, 0xB2),
        Class::Topic => (0xF0, 0xE4, 0x42),
        Class::Initiative => (0xCC, 0x79, 0xA7),
    }
}

/// As `#rrggbb`.
#[must_use]
pub fn hex(class: Class) -> String {
    let (r, g, b) = colour(class);
    format!("#{r:02X}{g:02X}{b:02X}")
}
