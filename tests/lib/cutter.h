/* cutter.h: a TCP line that a test cuts where it wants: a port of its own, in a thread of its own, that carries bytes
 * to another port of this machine and back. What an answer that is lost on the way looks like:
 *
 *     cutter_mute(c);  ask;  wait until it was done and cutter_swallowed(c) > 0;  cutter_cut(c);
 *
 * CURVE does not mind the way, only that nothing of a connection is missing: so what was muted must be cut. */
#ifndef TESTS_LIB_CUTTER_H
#define TESTS_LIB_CUTTER_H

#include <stddef.h>
#include <stdint.h>

struct cutter;

struct cutter *cutter_start(uint16_t to_port);
void cutter_stop(struct cutter **cutter);
uint16_t cutter_port(const struct cutter *cutter);

void cutter_mute(struct cutter *cutter); /* from now on what the server says is swallowed */
size_t cutter_swallowed(struct cutter *cutter);
void cutter_cut(struct cutter *cutter); /* ends all connections through it; the next ones are whole again */

#endif
