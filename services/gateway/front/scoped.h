/* scoped.h: keys that open a part only: a program's, within its scopes; a session's whose role demands a second factor
 * that is not set up yet. Asked wherever a method is, whatever the path. */
#ifndef SERVICES_GATEWAY_FRONT_SCOPED_H
#define SERVICES_GATEWAY_FRONT_SCOPED_H

#include "common/codec/catalogue.h"
#include "services/gateway/front/visit.h"

/* False once it has been refused. */
bool scoped_admit(const struct visit *visit, const struct catalogue_method *method);

#endif
