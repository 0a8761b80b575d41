/* evidence_view.h: a control, and a placement that was drawn, as each may see it: an organisation what is asked of it
 * and by when, not who it is about. In the work's arena. Called by the handlers. */
#ifndef SERVICES_TRACKING_CONTROLS_EVIDENCE_VIEW_H
#define SERVICES_TRACKING_CONTROLS_EVIDENCE_VIEW_H

#include "common/service/work.h"
#include "services/tracking/controls/controls_rows.h"

Tracking__ControlView *view_of_control(const struct work *work, struct id id, const Tracking__ControlRow *row);
/* The reader has been found to see it (judging_reads()). */
Tracking__EvidenceView *view_of_evidence(const struct work *work, const struct evidence *evidence,
                                         const Tracking__ControlRow *control);
/* With its steps and what was said in words, where the reader may know it. Errors of work_unseal(). */
int view_of_whole_evidence(const struct work *work, const struct evidence *evidence,
                           const Tracking__ControlRow *control, Tracking__EvidenceView **ret) ATTR_MUST_CHECK;

#endif
