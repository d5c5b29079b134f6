/// The version that `inkling --version` prints; nothing else in the sources states it.
package let version = "0.1.0"
