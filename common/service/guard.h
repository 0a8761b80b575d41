/* guard.h: what a process does for its own last moments: no memory of it is ever written to a disk, and a damaged page
 * of its store is told in a line, since LMDB meets one as a signal. */
#ifndef COMMON_SERVICE_GUARD_H
#define COMMON_SERVICE_GUARD_H

/* No core dump, no reading of its memory by others of the same user. Called before the first key is read. */
void guard_secrets(void);
/* From here on SIGBUS and SIGSEGV are told on standard error, as a log line that names the store and the remedy, before
 * they end the process as ever. */
void guard_store(const char *instance, const char *directory);

#endif
