//! Files for other tools: Turtle, N-Quads, GraphML for Gephi and yEd, GEXF, CSV, and a report.
