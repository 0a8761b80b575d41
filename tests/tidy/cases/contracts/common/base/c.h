/* c.h */
int c; /* something long that is said later and so does not count as the contract of the header */
