/* a.h: what it is, who calls it, who owns what it returns, what fails and in which units. */
int a;
