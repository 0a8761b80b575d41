/* api_print.h: what a daemon worded, as a file for people: /v1/{service}/{Method}.pdf and the like, for any method
 * whose reply holds a text (common/texts/document.h). With ".final" before the ending the sheet of what is to be
 * confirmed is left out. Text and HTML are written here; PDF and OpenDocument by a child process (children.h), so that
 * the loop never waits. Called by api.c. */
#ifndef SERVICES_GATEWAY_FRONT_API_PRINT_H
#define SERVICES_GATEWAY_FRONT_API_PRINT_H

#include "common/codec/catalogue.h"
#include "common/texts/document.h"
#include "services/gateway/door/http.h"
#include "services/gateway/front/gateway.h"

struct print_wish {
        const struct document_form *form; /* NULL: JSON is wanted */
        bool is_final;                    /* without the sheet */
};

/* Takes ".pdf" or ".final.pdf" off the method's name (in place). False with *ret_refusal: there is no such form. */
bool print_wished(char *method, struct print_wish *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* Whether the method's reply can be a document. */
bool print_admits(const struct catalogue_method *method, struct refusal *ret_refusal) ATTR_MUST_CHECK;

struct printing {
        struct gateway *gateway;
        struct http_request *request;
        struct id account;
        struct print_wish wish;
        const char *name; /* of the file, without its ending */
        const char *key;  /* of the command, told again; NULL: of a question */
};
/* Answers the request, now or later. `printing` lives in the request's arena. */
void print_reply(const struct printing *printing, const ProtobufCMessage *reply);

#endif
