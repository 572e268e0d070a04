// An operator helps a tenant by its consent.
import { expect_that, fill } from "../world.mjs";

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const heading = (page, name) => page.getByRole("heading", { name, exact: true }).waitFor();

export const cases = [
    [
        "An operator acts as somebody once the organization lets them, says so above each page, and is out when it is taken back",
        async (world) => {
            const { email } = await world.operator();
            const owner = await world.owner("Nia Berg");
            const { user } = JSON.parse(owner.state.origins[0].localStorage[0].value);
            const theirs = await world.page({ state: owner.state });
            const ours = await world.page({ state: (await world.signed_in(email)).state });

            const act = async () => {
                await ours.goto(`/admin/users/${user.id}`);
                await press(ours, "Act as");
                await fill(ours, { Why: "They asked for help." });
                await press(ours, "Begin");
            };
            await act();
            await ours.getByText("The tenant has to grant access first.").waitFor();

            await theirs.goto("/settings?tab=support");
            await press(theirs, "Grant access");
            await theirs.getByRole("dialog").getByRole("button", { name: "Grant access" }).click();
            await theirs.getByText("active", { exact: true }).waitFor();

            const banner = ours.getByText("You act as a member of this organization, by its consent.");
            await act();
            await heading(ours, "Home");
            await banner.waitFor();
            expect_that(
                (await ours.getByRole("link", { name: "Overview", exact: true }).count()) === 0,
                "they operate",
            );
            await press(ours, "Stop");
            await heading(ours, "Administration");
            expect_that((await banner.count()) === 0, "the banner stays");

            await act();
            await banner.waitFor();
            await press(theirs, "Take it back");
            await theirs.getByText("revoked", { exact: true }).waitFor();
            await ours.goto("/team");
            await ours.getByLabel("Password", { exact: true }).waitFor();
        },
    ],
];
