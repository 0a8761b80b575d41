/* description_door.h: what the gateway answers besides the methods of daemons, as part of the description of the
 * network (description.h): the session, files, the description itself, what a problem means, the state of the
 * network. */
#ifndef COMMON_CODEC_DESCRIPTION_DOOR_H
#define COMMON_CODEC_DESCRIPTION_DOOR_H

#include <jansson.h>
#include <stdint.h>

#include "common/codec/catalogue.h"

/* Adds its paths, and the schemas that they name; the refusals are those of components/responses. `asker`: bits of
 * roles; only what one of them may ask; 0: all. */
void describe_door(json_t *paths, json_t *schemas, uint32_t asker);

/* The file whose pieces the method takes or gives, whole: /v1/files/{service}/{Method}. Of others: nothing. */
void describe_file(json_t *paths, const struct catalogue_method *method);

#endif
