// The keys of a text field.

import X11

extension TextField {
  /// Edits the text by a key; returns what is to be copied or pasted.
  mutating func handle(_ press: KeyPress) -> [Effect] {
    let selects = press.modifiers.contains(.shift)
    let byWord = press.modifiers.contains(.control)
    switch press.key {
    case .left: move(byWord ? .wordLeft : .left, selecting: selects)
    case .right: move(byWord ? .wordRight : .right, selecting: selects)
    case .home: move(.start, selecting: selects)
    case .end: move(.end, selecting: selects)
    case .backspace: delete(byWord ? .wordLeft : .left)
    case .delete: delete(byWord ? .wordRight : .right)
    case .character("a") where byWord: selectAll()
    case .character("u") where byWord: replace(with: "")
    case .character("v") where byWord, .insert where selects: return [.paste(primary: false)]
    case .character("c") where byWord: return selected.isEmpty ? [] : [.copy(selected)]
    case .character("x") where byWord:
      let cut = selected
      if cut.isEmpty { return [] }
      insert("")
      return [.copy(cut)]
    default:
      if !byWord, !press.text.isEmpty { insert(press.text) }
    }
    return []
  }
}
