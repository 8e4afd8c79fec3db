"""A laboratory of real TCP: two network namespaces, a bridge between them, and the kernel's record of both ends."""
