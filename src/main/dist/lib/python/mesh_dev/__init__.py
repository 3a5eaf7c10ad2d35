"""What mesh-dev gives the Python agents it runs: from mesh_dev import state"""
from mesh_dev.state import state

__all__ = ["state"]
