/* dialogue.h: integration tests talk to a network in JSON, as a page or a tool does: a method, a request with its
 * fields printed in, an answer to look into by path. A request is written with ' for ", so that it can be read; an
 * apostrophe inside a text is ’. What is not granted (or not refused as said) fails the test with the refusal.
 *
 *     say_as(network, "FACILITATOR", NULL, "31");
 *     const char *id = said_text(say("contracts.OpenContract", "{'record': {'kind': 'PRIVATE', …}}"), "contractId");
 *     say("contracts.PutClause", "{'contractId': '%s', 'lot': 1, …}", id);
 *     say_refused("NOT_ALLOWED", "contracts.ContractFacts", "{'contractId': '%s'}", id);
 *
 * Answers live until dialogue_end(). One network at a time. */
#ifndef TESTS_LIB_DIALOGUE_H
#define TESTS_LIB_DIALOGUE_H

#include <jansson.h>

#include "tests/lib/network.h"

/* `role`: "FACILITATOR", or with the name of the user: "FACILITATOR:anne". `organisation`: UUID text or NULL.
 * `territories`: "31,09" or "*". */
void say_as(struct network *network, const char *role, const char *organisation, const char *territories);
/* The account (UUID text) of the user that say_as() names. */
const char *say_account(const char *user);
const json_t *say(const char *method, const char *format, ...) ATTR_FORMAT(2, 3);
/* Asks again for a while as long as it is refused: what another daemon tells has not come yet. */
const json_t *say_until_granted(const char *method, const char *format, ...) ATTR_FORMAT(2, 3);
/* The French text of the refusal, which must have this code ("INVALID_FIELD"). */
const char *say_refused(const char *code, const char *method, const char *format, ...) ATTR_FORMAT(3, 4);

/* "obligations.0.due". What is not there fails the test. */
const json_t *said(const json_t *answer, const char *path);
const char *said_text(const json_t *answer, const char *path);
size_t said_count(const json_t *answer, const char *path); /* of a list; one that is not there has none */
/* Whether the answer's JSON holds the text anywhere: what a reader must (not) see. */
bool said_anywhere(const json_t *answer, const char *text);

void dialogue_end(void);

#endif
