/* guard.h: what a process does for its own last moments: no memory of it is ever written to a disk, and a damaged page
 * of its store is told in a line, since LMDB meets one as a signal; and its bound of descriptors, the pages that it
 * keeps, and its turn at the processor. */
#ifndef COMMON_SERVICE_GUARD_H
#define COMMON_SERVICE_GUARD_H

/* No core dump, no reading of its memory by others of the same user. Called before the first key is read. */
void guard_secrets(void);
/* No more than LIMIT_DESCRIPTORS, whatever the one who starts it was allowed: connections that have not shown a key yet
 * are ZeroMQ's, which knows no other bound. A gateway's door asks for more where its seats need them. */
void guard_descriptors(void);
/* What is freed stays with the process, up to KEPT_BYTES a heap, and what a batch or a frame has used the next one uses
 * again. Given back and asked for anew, page by page, it was the half of what an import of a list cost its daemon. */
enum { KEPT_BYTES = 64 * 1024 * 1024 };
void guard_pages(void);
/* Behind those who answer people: of setpriority(), 0 to 19. No way back without a privilege, so for the whole life. */
void guard_niceness(int niceness);
/* The process ends because its store cannot be read, or because a commit failed and durability is in doubt. */
enum { EXIT_STORE = 3 };

/* From here on SIGBUS and SIGSEGV end the process with EXIT_STORE, after a log line on standard error that names the
 * store and the remedy. */
void guard_store(const char *instance, const char *directory);

#endif
