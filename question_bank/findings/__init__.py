"""The derived findings: what several answers of one vendor show together (brief 3.1)."""
