// Who wrote a sample of the UNIPEN collection.

import Basics

/// A person who wrote samples of the UNIPEN collection.
///
/// The collection names a writer by the contributor, such as `apa`, and an identifier of the contributor's own. Some
/// persons have several of them, and a person must never be in two parts of the data. So:
/// - Apple (`apa`, `apb`, `app`): the name without case, punctuation, and the words "text" and "split" around it.
/// - CEDAR (`cea`, `ceb`, `ced`): the identifier without case and without the ending after a dot.
/// - IBM (`ibm`): the number after the hyphen; what stands before it is the session.
/// - Others: the contributor and the identifier without case.
struct UNIPENPerson: Hashable, Comparable {
  /// The contributor or the group of contributors, a slash, and the identifier.
  let key: String

  /// Contributors that are for validation as a whole, so that devices are seen there that no sample for training has.
  private static let heldOutContributors: Set = ["aga", "imp"]
  /// One of so many other persons is for validation.
  private static let validationShare: UInt32 = 4

  init(contributor: String, identifier: String) {
    let name = identifier.lowercased()
    switch contributor {
    case "apa", "apb", "app":
      var letters = name.filter { $0.isLetter || $0.isNumber }
      if letters.hasPrefix("text"), letters.hasSuffix("split") {
        letters = String(letters.dropFirst(4).dropLast(5))
      }
      key = "apple/" + letters
    case "cea", "ceb", "ced": key = "cedar/" + (name.split(separator: ".").first ?? "")
    case "ibm": key = "ibm/" + (name.split(separator: "-").last ?? "")
    default: key = contributor + "/" + name
    }
  }

  /// Whether the person's samples are for validation.
  ///
  /// It depends on the key alone: those of `aga` and `imp`, and every person whose key has a CRC-32 divisible by four.
  var isHeldOut: Bool {
    let contributor = key.split(separator: "/").first.map(String.init) ?? ""
    return Self.heldOutContributors.contains(contributor)
      || CRC32.checksum(Array(key.utf8)) % Self.validationShare == 0
  }

  static func < (a: UNIPENPerson, b: UNIPENPerson) -> Bool { a.key < b.key }
}
