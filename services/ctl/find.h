/* find.h: things of contracts as people name them, instead of by their ids: a contract by its number, or by a few words
 * of its object or its buyer ("2026-118", "école Jaurès"); what belongs to one, where it has one alone, by the same;
 * else by what tells it apart, behind a slash: "école Jaurès / lot 2", "2026-118 / Durand". An agreement by words of
 * its buyer, an account by its name. Whoever acts in the session is asked for, so nobody finds what is not his. */
#ifndef SERVICES_CTL_FIND_H
#define SERVICES_CTL_FIND_H

#include "services/ctl/session.h"
#include "contracts/queries.pb-c.h"

/* What a field of this name ("contract_id", "from_obligation_id") takes beside an id, in French; NULL: an id alone. */
const char *find_how(const char *field);
/* *ret is a UUID's, or that of what was found. False after a complaint that begins with `told`, the field or the
 * argument: several are listed, of none it says how to seek. */
bool find_thing(struct session *session, const char *field, const char *told, const char *text, struct id *ret);

/* All contracts in which each of the words stands, page after page; ends where `each` says false. False after a
 * complaint. */
bool find_contracts(struct session *session, const char *words,
                    bool (*each)(void *context, const Contracts__ContractLine *line), void *context);

/* "2026-118 · Ville de Toulouse · Réfection d'une école": one contract on one line. */
const char *contract_label(const Contracts__ContractLine *line, struct arena *arena);

#endif
