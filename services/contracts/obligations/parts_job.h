/* parts_job.h: the day of a part comes: its hours are owed from then on, though nobody tells anything. One row of due.h
 * a contract whose next part has a day, put by apply() of whatever changes that day. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_PARTS_JOB_H
#define SERVICES_CONTRACTS_OBLIGATIONS_PARTS_JOB_H

#include "common/service/jobs.h"
#include "services/contracts/obligations/loaded_obligation.h"

enum { JOB_PARTS = 1 };
extern const struct due_tables obligations_due; /* defined with the numbers of all tables: rooms.c */
extern const struct job_kind parts_job;

/* For apply() only: the contract waits for its next part that begins after that day, or for none. */
void parts_wait(const struct change *change, const Types__Id *contract, struct day after);
/* The job itself: its record(). Emits ContractPartsBegan. */
void parts_look(struct work *work, const struct job *job);

/* Of all that owe something on the contract: CLAUSE -> DUE, the difference to what they owe today as `file` says. */
struct postings parts_postings(const struct work *work, const Contracts__ContractFile *file, const char *cause);

#endif
