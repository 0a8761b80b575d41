/* person_text.h: what is held on a person, as she can read it: French plain text on a stream, a line a thing. Whoever
 * writes to a file asks the stream afterwards whether it went. Nothing is kept. */
#ifndef SERVICES_CTL_PERSON_TEXT_H
#define SERVICES_CTL_PERSON_TEXT_H

#include <stdio.h>

#include "tracking/commands.pb-c.h"

void person_text(FILE *file, const Tracking__PersonExport *whole);
/* Of her follow-up, with the words where they are there. */
void person_text_contact(FILE *file, const Tracking__ContactLine *line);
void person_text_action(FILE *file, const Tracking__ActionLine *line);
void person_text_follow_up(FILE *file, const Tracking__FollowUpNotes *notes);

/* "emploi durable", "à six mois" */
const char *outcome_text(Tracking__Outcome outcome);
const char *outcome_moment_text(Tracking__OutcomeMoment at);

void person_text_sharing(FILE *file, const Tracking__Sharing *sharing);

#endif
