// One line of the comparison: a classical method, or a model that ships.

import ClassicalMethods
import CommandSupport

/// What takes part in the comparison.
enum Rival {
  /// A method that is trained here and now.
  case method(Contender)
  /// A model that was trained before, by its name.
  case model(String)

  var name: String {
    switch self {
    case .method(let contender): contender.name
    case .model(let name): name
    }
  }

  /// All of them, the models last and the Model.flagship at the very end.
  static var all: [Rival] {
    let models = ShippedFiles.names(ending: "safetensors").sorted {
      (order($0), $0) < (order($1), $1)
    }
    return Contender.all.map { .method($0) } + models.map { .model($0) }
  }

  private static func order(_ name: String) -> Int { name == "mlp" ? 0 : name == "inkling" ? 2 : 1 }

  /// Those that the lists of names ask for, in the usual order; all where there is no list.
  static func chosen(_ lists: [String]) throws(Failure) -> [Rival] {
    if lists.isEmpty { return all }
    let names = lists.flatMap { $0.split(separator: ",").map(String.init) }
    guard !names.isEmpty else {
      throw .usage("--methods takes names apart by commas: \(all.map(\.name).joined(separator: ","))")
    }
    for name in names where !all.contains(where: { $0.name == name }) {
      throw .unknown("method", name, among: all.map(\.name))
    }
    return all.filter { names.contains($0.name) }
  }
}
