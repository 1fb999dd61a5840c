import { offersTargets } from "../../clients/iscsi-initiator.ts";
import { type Methods, method } from "../../middleware/method.ts";
import { filterList, queryFilters, queryOptions } from "../../middleware/query.ts";
import { basename } from "./global.ts";

const SEGMENT = 262_144;

/** `iscsi.global.sessions`: who is logged in to which target. */
export const iscsiSessionMethods: Methods = {
  "iscsi.global.sessions": method({ filters: queryFilters, options: queryOptions }, (context, { filters, options }) => {
    const sessions = offersTargets(context.state) ? context.state.iscsiSessions.values() : [];
    const rows = sessions.map(({ target, initiator, address }) => ({
      ...{ initiator, initiator_addr: address, initiator_alias: null },
      ...{ target: `${basename(context)}:${target}`, target_alias: target },
      ...{ header_digest: null, data_digest: null, max_data_segment_length: SEGMENT },
      ...{ max_receive_data_segment_length: SEGMENT, max_xmit_data_segment_length: SEGMENT },
      ...{ max_burst_length: SEGMENT, first_burst_length: SEGMENT, immediate_data: true, iser: false, offload: false },
    }));
    return filterList(rows, filters, options);
  }),
};
