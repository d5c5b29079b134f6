// Libraries that are loaded at run time.

import CLibrary

/// A library that is loaded at run time and may be missing.
struct RunTimeLibrary {
  private let handle: UnsafeMutableRawPointer

  /// Loads a library; nil where it is not installed.
  init?(_ name: String) {
    guard let handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL) else { return nil }
    self.handle = handle
  }

  /// The function of a name, whose type the caller must know; nil where the library does not have it.
  func function<Function>(_ name: String) -> Function? {
    dlsym(handle, name).map { unsafeBitCast($0, to: Function.self) }
  }
}
