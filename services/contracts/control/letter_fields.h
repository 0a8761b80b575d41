/* letter_fields.h: what letters of control say of a case: the default, what is at stake, what is asked for. Called by
 * letters.c. French, in the arena; "" or NULL where there is nothing to say. */
#ifndef SERVICES_CONTRACTS_CONTROL_LETTER_FIELDS_H
#define SERVICES_CONTRACTS_CONTROL_LETTER_FIELDS_H

#include "services/contracts/control/letters.h"

/* The default found, or what is due: in one or two sentences. */
char *letter_facts(const struct work *work, const struct loaded_control *loaded, const struct reminder *about);

/* Which text says what the company is asked to do. */
const char *letter_ask(Contracts__CaseGround ground);

/* What an hour or a day costs, as a sentence. */
char *letter_penalty(const struct loaded_control *loaded, Contracts__CaseGround ground, struct arena *arena);

/* What it comes to on that day, with its calculation; "": nothing yet. Hours that are late in the course of a contract
 * whose penalty falls due at its end alone: what it comes to if they are not made good. */
bool letter_stake_is_later(const struct loaded_control *loaded, Contracts__CaseGround ground);
char *letter_at_stake(const struct work *work, const struct loaded_control *loaded, Contracts__CaseGround ground);

/* "le 3 mars 2027 et le 14 mars 2027"; "": never. */
char *letter_reminders(const Contracts__ControlCase *record, struct arena *arena);

/* What the plan, its model and its rates rest on without a source, and where they differ from the piece handed over. */
void letter_doubts(const struct work *work, const struct loaded_control *loaded, struct to_confirm *list);

#endif
