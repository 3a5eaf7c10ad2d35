package meshdev.mesh;

/** A tool of a member that serves a capability. */
record Offer(Member member, Tool tool) {
    Provider provider() {
        return new Provider(member.id(), tool.function(), member.endpoint().url(member.id()), tool.kwargs());
    }
}
