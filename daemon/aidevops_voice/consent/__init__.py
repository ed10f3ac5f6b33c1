"""A request of the agent, and what the user says about it -> allow, deny, unclear."""
