/* play.h: plays a story: the messages that people send one after the other, where what one answer says, the next
 * request may use. Its form: `guichetctl play --help`. The demo region, the integration test of a contract's life and
 * the reader of docs/CONTRACTS.md play the same file, deploy/demo/contract_life.json. */
#ifndef COMMON_TOOLS_CTL_PLAY_H
#define COMMON_TOOLS_CTL_PLAY_H

#include "common/base/day.h"
#include "common/tools/ctl/session.h"

/* False after a complaint that names the step. `is_told`: a line for each step on standard output. */
bool play_file(struct session *session, const char *path, struct day today, bool is_told) ATTR_MUST_CHECK;

#endif
