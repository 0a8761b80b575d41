/* What the document quotes. */
int there(int number);
