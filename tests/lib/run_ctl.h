/* run_ctl.h: guichetctl of $GUICHET_BIN as somebody types it, with --dir. What it printed on both outputs is kept until
 * the next run. For integration tests, one run at a time; what cannot be started aborts the test. */
#ifndef TESTS_LIB_RUN_CTL_H
#define TESTS_LIB_RUN_CTL_H

#include <sys/types.h>

/* Both take words that are ended by NULL. The exit code (128 + the signal's number where it was killed). */
int ctl_run(const char *directory, const char *const *words);
/* Does not wait: what it prints goes to `fd`, the caller waits for its end. It dies with the test. */
pid_t ctl_start(const char *directory, const char *const *words, int fd);

#define CTL_RUN(directory, ...) ctl_run(directory, (const char *const[]){__VA_ARGS__, NULL})

const char *ctl_output(void); /* of the last ctl_run() */
/* Abort the test, showing the output, unless the code is 0, or the text is there. */
void ctl_done(int code);
void ctl_said(const char *text);
void ctl_refused(int code, const char *why); /* it was refused, or not found, and said why */

#endif
