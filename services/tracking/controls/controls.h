/* controls.h: what the other rooms ask of controls: that what they keep of a person goes with her. Called from the
 * apply() of the room that erases. */
#ifndef SERVICES_TRACKING_CONTROLS_CONTROLS_H
#define SERVICES_TRACKING_CONTROLS_CONTROLS_H

#include "common/service/work.h"

/* From apply_beneficiary_erased(), of each placement of hers: what was said of it in words goes, nobody acts any more;
 * days and results stay, without a name. */
void controls_forget(const struct change *change, struct id placement);

#endif
