/* guard.h: what a process does for its own last moments: no memory of it is ever written to a disk, and a damaged page
 * of its store is told in a line, since LMDB meets one as a signal; and its bound of descriptors. */
#ifndef COMMON_SERVICE_GUARD_H
#define COMMON_SERVICE_GUARD_H

/* No core dump, no reading of its memory by others of the same user. Called before the first key is read. */
void guard_secrets(void);
/* No more than LIMIT_DESCRIPTORS, whatever the one who starts it was allowed: connections that have not shown a key yet
 * are ZeroMQ's, which knows no other bound. A gateway's door asks for more where its seats need them. */
void guard_descriptors(void);
/* The process ends because its store cannot be read, or because a commit failed and durability is in doubt. */
enum { EXIT_STORE = 3 };

/* From here on SIGBUS and SIGSEGV end the process with EXIT_STORE, after a log line on standard error that names the
 * store and the remedy. */
void guard_store(const char *instance, const char *directory);

#endif
