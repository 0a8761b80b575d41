/* file_call.h: one file as its daemon has it, in pieces: requests of one method that differ in their `index` (and their
 * `content`), one after another. Each is made in the name of whoever is behind the token by then: who was revoked in the
 * midst is out. A piece that nobody answers is sent again with its key; what has moved is asked for where it is.
 *
 * One thread: the loop's. */
#ifndef SERVICES_GATEWAY_FRONT_FILE_CALL_H
#define SERVICES_GATEWAY_FRONT_FILE_CALL_H

#include "common/codec/catalogue.h"
#include "common/codec/refusal.h"
#include "services/gateway/front/visit.h"

struct file_call;

/* What came of a piece; both live until the callback returns. */
struct file_answer {
        int status;                    /* 200, or of the refusal */
        const Types__Refusal *refusal; /* NULL: it was done */
        const ProtobufCMessage *reply;
};
typedef void (*file_answer_f)(void *argument, const struct file_answer *answer);

/* The request's other fields are the parameters of the address. NULL: *ret_refusal. */
struct file_call *file_call_new(const struct visit *visit, const struct catalogue_method *method, file_answer_f done,
                                void *argument, struct refusal *ret_refusal);
/* One at a time. `done` is called later, once, unless the call is freed before; at once where the account is out. */
void file_call_ask(struct file_call *call, uint32_t index, struct slice content);
void file_call_free(struct file_call *call); /* accepts NULL */

#endif
