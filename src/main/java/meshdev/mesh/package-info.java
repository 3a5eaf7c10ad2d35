/**
 * Owns the embedded dev registry: who is in the mesh, who serves whom, and the HTTP protocol agents and meshctl speak. Never
 * starts a process, keeps nothing on disk, and listens on loopback only. Start reading at {@link meshdev.mesh.Mesh};
 * {@link meshdev.mesh.EmbeddedRegistry} is the door.
 */
package meshdev.mesh;
