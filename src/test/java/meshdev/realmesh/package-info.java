/**
 * Runs agents made with the real SDKs under the built program, with the real registry and with the embedded one, and
 * calls them with {@code meshctl}. Owns what these tests need beside {@link meshdev.blackbox}; never runs in the
 * default build, since its parts are got by {@code src/real-mesh/install}. Start reading at
 * {@link meshdev.realmesh.RealMesh}.
 */
package meshdev.realmesh;
