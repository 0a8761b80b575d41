/* play.h: plays a story: the messages that people send one after the other, where what one answer says, the next
 * request may use. Its form: `guichetctl play --help`. The demo region, the integration test of a contract's life and
 * the reader of docs/CONTRACTS.md play the same files, deploy/demo/stories. */
#ifndef SERVICES_CTL_PLAY_H
#define SERVICES_CTL_PLAY_H

#include "services/ctl/session.h"

struct play_options {
        const char *path;
        int64_t now_ms; /* UTC: what "$today" is counted from */
        bool is_once;   /* keys derived from now_ms and the step: played again, it does nothing */
        bool is_told;   /* a line for each step on standard output */
};

/* False after a complaint that names the step. */
bool play_story(struct session *session, const struct play_options *options) ATTR_MUST_CHECK;

#endif
