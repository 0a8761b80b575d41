/* operator.h: a network as its operator runs it: guichetctl init, up, and the other verbs, in a directory of its own on
 * ports of its own. For integration tests that want the programs as they are; network.h is for those that want daemons
 * only. What does not come up, or does not stop with status 0, aborts the test. */
#ifndef TESTS_LIB_OPERATOR_H
#define TESTS_LIB_OPERATOR_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct operator;

/* `guichetctl init` from deploy/topology.json: two partitions of tracking. `smtp_url` may be NULL. */
struct operator* operator_new(const char *smtp_url);
void operator_free(struct operator* operator); /* stops it where it runs; the directory is gone */
const char *operator_directory(const struct operator* operator);

/* guichetctl with these words (ended by NULL) and --dir. Its exit code; what it printed on both outputs is in
 * operator_output() until the next run. */
int operator_run(struct operator* operator, const char * const * words);
/* The same with the --dir of another run directory. */
int operator_run_in(struct operator* operator, const char * directory, const char *const *words);
/* Starts it and does not wait; what it prints is lost. The caller waits for its end. */
pid_t operator_spawn_in(struct operator* operator, const char * directory, const char *const *words);
const char *operator_output(const struct operator* operator);

void operator_up(struct operator* operator);   /* returns when all serve */
void operator_down(struct operator* operator); /* SIGTERM to the supervisor, whose status must be 0 */
/* Kills the supervisor with `number` and waits for its end. */
void operator_kill(struct operator* operator, int number);

pid_t operator_pid(const struct operator* operator, const char * instance); /* 0: does not run */
/* The number of the last event of each instance's log, in the topology's order. How many instances there are. */
size_t operator_positions(struct operator* operator, uint64_t * ret_positions, size_t size);
/* Lines of the journals at level warn or error that hold none of the `declared` texts (ended by NULL); they are shown.
 */
size_t operator_alarms(const struct operator* operator, const char * const * declared);

#endif
