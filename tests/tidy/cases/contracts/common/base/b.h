#ifndef B
/* b.h: a comment that comes after the first line of code, however long it may be, is none. */
