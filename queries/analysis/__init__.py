"""Pure functions from frame to frame, used by pages and command line alike."""
