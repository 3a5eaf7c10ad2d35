/**
 * Owns globs, the verdict on every path, the stat scan, the native and polling hints, and the debouncer. Never touches agents or processes. Start reading at {@link meshdev.watch.Watcher}.
 */
package meshdev.watch;
