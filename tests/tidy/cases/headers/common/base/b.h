struct b { int c; };
