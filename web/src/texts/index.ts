// All words that people read stand below this folder, one file a part. Another language is another folder of the same
// shape: `Texts` is what it must have.
import { account } from "./en/account";
import { bulk, common, errors, form, time } from "./en/common";
import { home } from "./en/home";
import { keys } from "./en/keys";
import { migrations } from "./en/migrations";
import { settings } from "./en/settings";
import { shell } from "./en/shell";
import { team } from "./en/team";
import { work } from "./en/work";
import { records } from "./en/records";
import { admin } from "./en/admin";

const english = {
    account,
    admin,
    bulk,
    common,
    errors,
    form,
    home,
    keys,
    migrations,
    records,
    settings,
    shell,
    team,
    time,
    work,
};

export type Texts = typeof english;
export const texts: Texts = english;
