int one(int a) {
    return a;
}
int two(void) { return 2; }
