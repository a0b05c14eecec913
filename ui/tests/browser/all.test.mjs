// Starts three nodes and one browser for all tests, and stops them: `npm test`.

import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { community } from "./community.mjs";
import { faults } from "./faults.mjs";
import { hiding } from "./hiding.mjs";
import { journeys } from "./journeys.mjs";
import { start } from "./nodes.mjs";
import { pages } from "./every-page.mjs";
import { restoring } from "./restoring.mjs";
import { scripts } from "./scripts.mjs";
import { shifts } from "./shifts.mjs";
import { suspension } from "./suspension.mjs";

/** Filled before the first test: the browser and the origins of the nodes. */
const house = {};

before(async () => {
  Object.assign(house, await start());
  house.browser = await launch();
});

after(async () => {
  await house.browser?.close();
  await house.stop?.();
});

journeys(house);
community(house);
suspension(house);
restoring(house);
scripts(house);
hiding(house);
faults(house);
pages(house);
shifts(house);
