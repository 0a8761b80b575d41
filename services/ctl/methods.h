/* methods.h: the methods of the network for verbs: those that there are, who may ask them, which one was meant. */
#ifndef SERVICES_CTL_METHODS_H
#define SERVICES_CTL_METHODS_H

#include <stdint.h>

#include "common/codec/catalogue.h"
#include "services/ctl/verb.h"

/* Bits of roles (description.h); 0: it is between daemons. */
uint32_t roles_of_method(const char *qualified_name);
/* Calls `each` with every method of a service, commands first. */
void each_method(const struct catalogue_service *service,
                 void (*each)(void *context, const char *qualified_name, const struct catalogue_method *method),
                 void *context);
/* That there is no such service, or no such method of it, with what was meant. Returns CTL_MISUSED. */
int method_unknown(const struct verb *verb, const char *service, const char *method);

#endif
