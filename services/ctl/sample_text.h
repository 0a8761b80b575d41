/* sample_text.h: controls on a sample as a person reads them. */
#ifndef SERVICES_CTL_SAMPLE_TEXT_H
#define SERVICES_CTL_SAMPLE_TEXT_H

#include "tracking/controls.pb-c.h"

void sample_print_control(const Tracking__ControlView *view);
void sample_print_figures(const Tracking__ControlFigures *figures);
void sample_print_item(const Tracking__EvidenceView *view);
void sample_print_step(const Tracking__EvidenceStepView *step);
void sample_print_reply(const Tracking__EvidenceReply *reply);

#endif
