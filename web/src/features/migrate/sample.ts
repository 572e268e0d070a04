// The example that lies beside the program: a shop's database.
import sample_address from "../../../../examples/retail/retail.sql?url";
import { start_with, type Migration } from "./queries";

export async function start_sample(): Promise<Migration> {
    const script = await (await fetch(sample_address)).text();
    return start_with("harbour_and_vale", { script });
}
