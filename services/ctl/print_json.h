/* print_json.h: messages as JSON text for people and for pipes. */
#ifndef SERVICES_CTL_PRINT_JSON_H
#define SERVICES_CTL_PRINT_JSON_H

#include <jansson.h>
#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stdio.h>

/* Indented, with a line end. False where it could not be written. */
bool print_json(FILE *out, const ProtobufCMessage *message);
/* On one line. Takes the reference. */
bool print_json_line_take(FILE *out, json_t *json);

#endif
