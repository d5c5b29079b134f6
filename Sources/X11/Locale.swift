// The C library's locale, which Xlib needs to read keys and compose characters.

import CLibrary
internal import CX11
import Synchronization

enum Locale {
  private static let isPrepared = Mutex(false)

  /// Sets the locale of characters once for the process, to one in UTF-8.
  ///
  /// Numbers and dates keep the C locale, so that files do not depend on the user's language.
  static func prepare() {
    isPrepared.withLock { isPrepared in
      if isPrepared { return }
      isPrepared = true
      // libX11 before 1.8 needs this for two connections on two threads; later versions do it themselves.
      XInitThreads()
      setlocale(LC_CTYPE, "")
      if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" || XSupportsLocale() == 0 {
        setlocale(LC_CTYPE, "C.UTF-8")
      }
    }
  }
}
