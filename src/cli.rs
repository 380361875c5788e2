//! The command line: clap types only, every doc comment is the help text.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turn diplomatic news into a knowledge graph whose every fact names the sentence that says it.
#[derive(Debug, Parser)]
#[command(
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "\
Examples:
  kurultai build news/                          read a folder, write the store and ./exports
  kurultai query who-met-whom                   a ready question over the store
  kurultai query who-met-whom --param actor=Tokayev --format csv
  kurultai explain Tokayev                      every claim about an actor, with its sentence
  kurultai extract article.txt | jq .predicate  claims as JSON lines, no store

Exit codes: 0 done; 1 a check that you asked for failed; 2 an error, or some articles could not be read (the rest is done)."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options of every verb.
    #[command(flatten)]
    pub global: Global,
}

/// Options of every verb.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Folder to take the ontology from, instead of the built-in one.
    #[arg(long, global = true, value_name = "DIR", env = "KURULTAI_ONTOLOGY")]
    pub ontology: Option<PathBuf>,
    /// Folder to take the model from, instead of the built-in one.
    #[arg(long, global = true, value_name = "DIR", env = "KURULTAI_MODEL")]
    pub model: Option<PathBuf>,
    /// Folder to keep analyses in: another ontology on the same articles is then tried in seconds.
    #[arg(long, global = true, value_name = "DIR", env = "KURULTAI_ANALYSES")]
    pub analyses: Option<PathBuf>,
    /// Number of threads; all cores when not given. The result does not depend on it.
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
    /// Say nothing but errors.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Print the summary as JSON.
    #[arg(long, global = true)]
    pub json: bool,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read articles, extract their claims, and write store and exports: the main job.
    Build(Build),
    /// Add articles to a store that is there already.
    Add(Add),
    /// Take articles out of a store, as if it had never had them.
    Remove(Remove),
    /// Join several stores to one.
    Merge(Merge),
    /// Look at the names of which it is not sure whether they are one actor's, and decide.
    Review(Review),
    /// Print the claims of articles as JSON lines; touches no store.
    Extract(Extract),
    /// Print sentences, words, trees and names.
    Parse(Parse),
    /// Ask the store a ready question, or any SPARQL.
    Query(Query),
    /// Write the store's graph to files for other tools.
    Export(Export),
    /// Show every claim behind an entity or a fact: sentence, article, speaker, status, rule.
    Explain(Explain),
    /// Check the store's graph and the ontology folder.
    Validate(Validate),
    /// List the predicates between two actors that no row of the lexicon covers, with a row ready to edit.
    Suggest(Suggest),
    /// Draw claims at random, with their sentences, as CSV for a person to mark right or wrong.
    Sample(Sample),
    /// Measure claims: a marked sample's precision, or precision and recall against gold files.
    Score(Score),
}

/// Arguments of `build`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kurultai build news/ more.jsonl
  kurultai build news/ --location my-store --output my-exports
  cat news.jsonl | kurultai build -")]
pub struct Build {
    /// Files or folders (.txt .html .jsonl .csv), or - for JSON lines on standard input.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Folder of the store.
    #[arg(short, long, value_name = "DIR", default_value = "kurultai-store")]
    pub location: PathBuf,
    /// Folder for the exported files.
    #[arg(short, long, value_name = "DIR", default_value = "exports")]
    pub output: PathBuf,
}

/// Arguments of `add`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kurultai add today.html
  kurultai add today/ --location my-store --output my-exports")]
pub struct Add {
    /// Files or folders (.txt .html .jsonl .csv), or - for JSON lines on standard input.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Folder of the store.
    #[arg(short, long, value_name = "DIR", default_value = "kurultai-store")]
    pub location: PathBuf,
    /// Folder to write the exported files to; none are written when not given.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// Arguments of `remove`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kurultai remove 2024-05-01-talks
  kurultai remove news/wrong.html --location my-store --output my-exports")]
pub struct Remove {
    /// Articles: short name, path as it was read, or id.
    #[arg(required = true, value_name = "ARTICLE")]
    pub articles: Vec<String>,
    /// Folder of the store.
    #[arg(short, long, value_name = "DIR", default_value = "kurultai-store")]
    pub location: PathBuf,
    /// Folder to write the exported files to; none are written when not given.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// Arguments of `merge`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kurultai merge store-a store-b --location both")]
pub struct Merge {
    /// Stores to take articles and decisions from; they are only read.
    #[arg(required = true, value_name = "STORE")]
    pub stores: Vec<PathBuf>,
    /// Folder of the store that takes them in; made if there is none.
    #[arg(short, long, value_name = "DIR", default_value = "kurultai-store")]
    pub location: PathBuf,
    /// Folder to write the exported files to; none are written when not given.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// How `review` lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReviewFormat {
    /// For people.
    Table,
    /// Rows for decisions.csv, with score and evidence beside.
    Csv,
    /// JSON lines.
    Json,
}

/// Arguments of `review`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kurultai review                               ask about each pair, the most doubtful first
  kurultai review --format csv > doubts.csv     list them; edit the first column, delete what you do not know,
  kurultai review --accept doubts.csv           and have it applied
  echo 'reject,2024-05-01-talks,193-412,metWith' | kurultai review --accept -")]
pub struct Review {
    /// Folder of the store.
    #[arg(short, long, value_name = "DIR", default_value = "kurultai-store")]
    pub location: PathBuf,
    /// Most pairs to show.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// List the pairs instead of asking; so it does where nobody can answer.
    #[arg(long, value_enum)]
    pub format: Option<ReviewFormat>,
    /// Take these decisions (rows of decisions.csv; - for standard input) and apply them.
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    pub accept: Option<PathBuf>,
}

/// Arguments of `extract`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kurultai extract news/
  cat news.jsonl | kurultai extract - | jq 'select(.predicate==\"signed\")'")]
pub struct Extract {
    /// Files or folders (.txt .html .jsonl .csv), or - for JSON lines on standard input.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// Arguments of `parse`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kurultai parse article.txt > article.conllu
  kurultai parse --tree article.txt
  kurultai parse --tokenized gold.conllu > system.conllu")]
pub struct Parse {
    /// Files or folders; - for standard input.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The input is CoNLL-U: keep its sentences and words, and fill in the rest.
    #[arg(long)]
    pub tokenized: bool,
    /// Add the names to the MISC column (Entity=B-PER …).
    #[arg(long)]
    pub entities: bool,
    /// Draw trees for the terminal instead of CoNLL-U.
    #[arg(long, conflicts_with = "entities")]
    pub tree: bool,
}

/// Table formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Columns for the terminal.
    Table,
    /// Comma-separated values (SPARQL 1.1 CSV).
    Csv,
    /// Tab-separated values (SPARQL 1.1 TSV).
    Tsv,
    /// SPARQL 1.1 JSON.
    Json,
}

/// Arguments of `query`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kurultai query                                       list the ready questions
  kurultai query who-met-whom --param actor=Tokayev
  kurultai query my.rq --format csv > rows.csv
  kurultai query 'SELECT ?s WHERE { ?s a kur:Person }'")]
pub struct Query {
    /// Name of a ready question, a .rq file, or SPARQL text; nothing lists the ready questions.
    #[arg(value_name = "QUERY")]
    pub query: Option<String>,
    /// Value for a question's parameter: an IRI or a name; again for more.
    #[arg(long = "param", value_name = "NAME=VALUE")]
    pub params: Vec<String>,
    /// How to print the answer.
    #[arg(long, value_enum, default_value = "table")]
    pub format: TableFormat,
    /// Folder of the store.
    #[arg(short, long, value_name = "DIR", default_value = "kurultai-store")]
    pub location: PathBuf,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Folder of the store.
    #[arg(short, long, value_name = "DIR", default_value = "kurultai-store")]
    pub location: PathBuf,
    /// Folder for the exported files.
    #[arg(short, long, value_name = "DIR", default_value = "exports")]
    pub output: PathBuf,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kurultai explain Tokayev
  kurultai explain Tokayev proposed
  kurultai explain Nurtleu metWith Imnadze")]
pub struct Explain {
    /// An entity's name or IRI.
    pub subject: String,
    /// Only claims of this relation.
    pub relation: Option<String>,
    /// Only claims with this object (name, IRI or words).
    pub object: Option<String>,
    /// Folder of the store.
    #[arg(short, long, value_name = "DIR", default_value = "kurultai-store")]
    pub location: PathBuf,
}

/// Arguments of `validate`.
#[derive(Debug, Args)]
pub struct Validate {
    /// Folder of the store; without a store only the ontology is checked.
    #[arg(short, long, value_name = "DIR", default_value = "kurultai-store")]
    pub location: PathBuf,
}

/// Arguments of `suggest`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kurultai suggest news/ > suggestions.csv
  kurultai suggest news/ --minimum 5 --rows >> my-ontology/lexicon.csv   then edit the rows, and use --ontology my-ontology")]
pub struct Suggest {
    /// Files or folders (.txt .html .jsonl .csv), or - for JSON lines on standard input.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Leave out what occurs less often.
    #[arg(long, default_value_t = 2, value_name = "N")]
    pub minimum: usize,
    /// Print lexicon rows to edit instead of the list.
    #[arg(long)]
    pub rows: bool,
}

/// Arguments of `sample`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kurultai sample > marks.csv                    100 claims of the store; fill the column right with 1 or 0
  kurultai sample --count 50 --relation signed --language ru > marks.csv
  kurultai score marks.csv                       the precision, with its interval")]
pub struct Sample {
    /// How many claims.
    #[arg(short = 'n', long, default_value_t = 100, value_name = "N")]
    pub count: usize,
    /// Another number draws other claims; the same number draws the same.
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// Only claims of this relation.
    #[arg(long, value_name = "RELATION")]
    pub relation: Option<String>,
    /// Only claims of articles in this language.
    #[arg(long, value_name = "en|ru")]
    pub language: Option<String>,
    /// Folder of the store.
    #[arg(short, long, value_name = "DIR", default_value = "kurultai-store")]
    pub location: PathBuf,
}

/// Arguments of `score`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kurultai score marks.csv                                    a sample that a person marked
  kurultai extract texts/ | kurultai score - --entities gold.entities.tsv --triples gold.triples.tsv
  kurultai extract texts/ | kurultai score - --entities e.tsv --triples t.tsv --statuses s.tsv --differences
  kurultai extract devset/ | kurultai score - --factrueval devset/")]
pub struct Score {
    /// A marked sample (.csv), or claims as JSON lines; - for standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Gold entities: id, class, names; again for more files.
    #[arg(long, value_name = "TSV", requires = "triples")]
    pub entities: Vec<PathBuf>,
    /// Gold triples; again for more files.
    #[arg(long, value_name = "TSV", requires = "entities")]
    pub triples: Vec<PathBuf>,
    /// Gold statuses and speakers; again for more files.
    #[arg(long, value_name = "TSV", requires = "triples")]
    pub statuses: Vec<PathBuf>,
    /// Folder of FactRuEval-2016 with its .facts files.
    #[arg(long, value_name = "DIR", conflicts_with = "triples")]
    pub factrueval: Option<PathBuf>,
    /// List what is wrong and what is missed.
    #[arg(long)]
    pub differences: bool,
    /// Show how many are right at each confidence.
    #[arg(long)]
    pub reliability: bool,
    /// Print the rows of `ontology/confidence.csv`: right and wrong by relation and confidence, from claims extracted with
    /// that table empty.
    #[arg(long, requires = "triples")]
    pub calibration: bool,
    /// Exit with 1 if F1 (of a marked sample: precision) is lower.
    #[arg(long, value_name = "SHARE")]
    pub minimum: Option<f64>,
}
