// What Xlib reports through process-wide callbacks, kept per connection, so that no X error and no
// lost server ever ends the program.

import Basics
internal import CX11
import Synchronization

/// The state of one connection as Xlib's callbacks last told it.
struct ConnectionState: Sendable {
  /// The error codes since the last look, with the request each belongs to.
  var errors: [(serial: UInt, code: UInt8)] = []
  /// Whether the server is gone.
  var isLost = false
}

/// All connections of this process, by the address of Xlib's record.
enum ServerErrors {
  private static let states = Mutex<[UInt: ConnectionState]>([:])

  /// Installs the callbacks for a connection; needed before its first request that may fail.
  static func watch(_ connection: OpaquePointer) {
    states.withLock { $0[key(connection)] = ConnectionState() }
    XSetErrorHandler { connection, event in
      guard let connection, let event else { return 0 }
      ServerErrors.note(connection, serial: event.pointee.serial, code: event.pointee.error_code)
      return 0
    }
    // The first callback keeps Xlib from printing; the second, since libX11 1.7, from calling exit().
    XSetIOErrorHandler { connection in
      if let connection { ServerErrors.noteLoss(connection) }
      return 0
    }
    XSetIOErrorExitHandler(
      connection,
      { connection, _ in
        if let connection { ServerErrors.noteLoss(connection) }
      }, nil)
  }

  /// Forgets a closed connection.
  static func forget(_ connection: OpaquePointer) {
    states.withLock { _ = $0.removeValue(forKey: key(connection)) }
  }

  /// Whether the server behind a connection is gone.
  static func isLost(_ connection: OpaquePointer) -> Bool {
    states.withLock { $0[key(connection)]?.isLost ?? true }
  }

  /// Takes the first error of the requests since a serial number; older errors belong to nobody.
  static func take(_ connection: OpaquePointer, since serial: UInt) -> UInt8? {
    states.withLock { states in
      let errors = states[key(connection)]?.errors ?? []
      states[key(connection)]?.errors = []
      return errors.first { $0.serial >= serial }?.code
    }
  }

  private static func note(_ connection: OpaquePointer, serial: UInt, code: UInt8) {
    states.withLock { states in
      // Errors that nobody asks for are dropped beyond a few: a hostile client must not fill memory.
      if let count = states[key(connection)]?.errors.count, count < 64 {
        states[key(connection)]?.errors.append((serial, code))
      }
    }
  }

  private static func noteLoss(_ connection: OpaquePointer) {
    states.withLock { $0[key(connection)]?.isLost = true }
  }

  private static func key(_ connection: OpaquePointer) -> UInt { UInt(bitPattern: connection) }
}
