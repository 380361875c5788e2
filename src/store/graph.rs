//! The graph in oxigraph: the one place that knows which of oxigraph's stores holds it.
//!
//! N-Quads in, a store to ask out. By default the graph is loaded into oxigraph's memory store each time; with the Cargo
//! feature `rocksdb` it is kept on disk under `graph.rocksdb` in the store folder and loaded again only when `graph.nq`
//! has changed. Both answer the same questions alike; memory costs about 0.75 KB a quad.

use super::StoreError;
use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::Quad,
};

/// A graph that can be asked.
#[derive(Clone)]
pub struct Graph {
    store: oxigraph::store::Store,
}

impl std::fmt::Debug for Graph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Graph").finish_non_exhaustive()
    }
}

impl Graph {
    /// A graph of these quads, in memory.
    ///
    /// # Errors
    /// If oxigraph refuses.
    pub fn from_quads(quads: impl IntoIterator<Item = Quad>) -> Result<Self, StoreError> {
        let store = oxigraph::store::Store::new()?;
        let mut loader = store.bulk_loader();
        loader.load_quads(quads)?;
        loader.commit()?;
        Ok(Self { store })
    }

    /// A graph read from N-Quads, in memory.
    ///
    /// # Errors
    /// On bad N-Quads.
    pub fn from_nquads(nquads: &[u8]) -> Result<Self, StoreError> {
        let store = oxigraph::store::Store::new()?;
        load(&store, nquads)?;
        Ok(Self { store })
    }

    /// The graph of a store folder, whose `graph.nq` has that digest; `nquads` is asked for its bytes only if needed.
    #[cfg(not(feature = "rocksdb"))]
    pub(super) fn open(
        _folder: &std::path::Path,
        _digest: &str,
        nquads: impl FnOnce() -> Result<Vec<u8>, StoreError>,
    ) -> Result<Self, StoreError> {
        Self::from_nquads(&nquads()?)
    }

    /// The graph of a store folder, whose `graph.nq` has that digest; `nquads` is asked for its bytes only if needed.
    ///
    /// The digest stands in the database folder's name, which a folder gets once it is complete: so a database that was
    /// half written, or made from another `graph.nq`, is never taken.
    #[cfg(feature = "rocksdb")]
    pub(super) fn open(
        folder: &std::path::Path,
        digest: &str,
        nquads: impl FnOnce() -> Result<Vec<u8>, StoreError>,
    ) -> Result<Self, StoreError> {
        use std::fs;
        let databases = folder.join("graph.rocksdb");
        let place = databases.join(digest.get(..16).unwrap_or(digest));
        if !place.exists() {
            let begun = databases.join("new");
            let io = |e| StoreError::io("write", &databases, e);
            if databases.exists() {
                fs::remove_dir_all(&databases).map_err(io)?;
            }
            fs::create_dir_all(&begun).map_err(io)?;
            let store = oxigraph::store::Store::open(&begun)?;
            load(&store, &nquads()?)?;
            store.flush()?;
            store.optimize()?;
            drop(store);
            fs::rename(&begun, &place).map_err(io)?;
        }
        Ok(Self { store: oxigraph::store::Store::open_read_only(&place)? })
    }

    /// Oxigraph's store.
    #[must_use]
    pub const fn store(&self) -> &oxigraph::store::Store {
        &self.store
    }

    /// Number of quads.
    ///
    /// # Errors
    /// If oxigraph cannot read its store.
    pub fn len(&self) -> Result<usize, StoreError> {
        Ok(self.store.len()?)
    }

    /// Whether there is none.
    ///
    /// # Errors
    /// If oxigraph cannot read its store.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.store.is_empty()?)
    }
}

fn load(store: &oxigraph::store::Store, nquads: &[u8]) -> Result<(), StoreError> {
    let mut loader = store.bulk_loader();
    loader.parallel_load_from_slice(RdfParser::from_format(RdfFormat::NQuads), nquads)?;
    Ok(loader.commit()?)
}
