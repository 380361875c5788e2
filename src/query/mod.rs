//! Questions: ready SPARQL from the `queries` folder, or any SPARQL, over a store.
