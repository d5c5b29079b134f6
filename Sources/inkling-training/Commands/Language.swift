// `inkling language`: languages that help to read text.

import Basics
import CommandSupport
import Evaluation
import Formats
import Recognition

extension Command {
  static let language = Command(
    "language", position: 85, summary: "Learn a language from word lists, or weigh it for a model",
    operands: "[FILE]…", operandCount: 0...64,
    options: [
      .value("out", "FILE", "the language file to write; its name without the ending is the language's"),
      .value(
        "sources", "TEXT", "where the words come from and their terms, for the file (default: the paths)"),
      .value(
        "fit", "FILE", "choose what place, neighbours and language count, and write it into this model's file"
      ),
      .language,
      .value("data", "DIR", "the folder with the data for --fit (default: $INKLING_DATA)"),
      .value("threads", "N", "the number of threads (default: one for each processor)"),
    ],
    discussion: """
      FILE is a list with a word on each line, plain or gzip; without any, the system's own lists are used:
      \(systemLists.joined(separator: ", ")), whichever is there.
      A language has the probabilities of each letter after up to five others; words of other letters than a to z
      are left out. One of 20 words is held out, to measure with. Languages in the folder of the shipped models are
      used by default.
      --fit needs the set unipen-chars. It uses one half of the writers that the model's training kept out, and
      'inkling evaluate --text' reports the other half.
      """
  ) { arguments throws(Failure) in
    if let path = arguments.text("fit") {
      if arguments.has("out") { throw .usage("--fit and --out do not go together") }
      return try fit(path, arguments)
    }
    let out = try arguments.required(
      "out", "name the language file to write: --out english.\(CharacterNGrams.ending)")
    let lists =
      arguments.operands.isEmpty ? systemLists.filter { Path.kind(of: $0) == .file } : arguments.operands
    if lists.isEmpty {
      throw .noInput("the system has no word list; name one, or install one such as Debian's wamerican")
    }
    var words: [String] = []
    for path in lists {
      let bytes: [UInt8]
      do throws(ReadError) {
        bytes = try File.read(path) { (bytes) throws(FormatError) in
          Gzip.begins(bytes) ? try Gzip.decompress(bytes) : bytes
        }
      } catch {
        throw Failure(error)
      }
      words += bytes.split(separator: 0x0A).map { line in
        String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
      }
    }
    let name = Path.name(of: out).split(separator: ".").first.map(String.init) ?? out
    let sources = (arguments.text("sources") ?? lists.joined(separator: ", ")).split(separator: "\n")
      .joined(separator: " ")
    let language = CharacterNGrams(learning: words, name: name, sources: sources)
    guard language.knownWords.count >= 10 else {
      throw .badData("the lists have fewer than 10 words of 3 to 10 letters from a to z; name longer lists")
    }
    try writeFile(language.bytes, to: out, replacing: true)
    printLine(
      "\(out): \(NumberText.count(language.ngramCount)) n-grams of \(NumberText.count(words.count)) words, "
        + NumberText.bytes(language.bytes.count))
  }

  /// The word lists that systems have.
  private static let systemLists = [
    "/usr/share/dict/words", "/usr/share/dict/american-english", "/usr/share/dict/british-english",
    "/usr/share/dict/ngerman",
  ]

  private static func fit(_ path: String, _ arguments: Arguments) throws(Failure) {
    guard Path.ending(of: path) == "safetensors", Path.kind(of: path) == .file else {
      throw .usage("--fit takes the file of a model that ends in .safetensors; '\(path)' is none")
    }
    var model = try Model(named: path)
    let evaluation = try Command.textEvaluation(of: model, arguments)
    model.textCosts = try Failure.wrapping(EvaluationError.self, try evaluation.fitted { printLine($0) })
    try writeFile(model.bytes, to: path, replacing: true)
    printLine("\(path) has these costs now")
  }
}
