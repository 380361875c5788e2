//! The store: claims, decisions and the graph in a folder, and the graph as RDF in oxigraph.
