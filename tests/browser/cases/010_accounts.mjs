import { expect_that, fill, password } from "../world.mjs";

const heading = (page, name) => page.getByRole("heading", { name, exact: true }).waitFor();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

export const cases = [
    [
        "The link of the console makes the first account, is used up, and does not stay in the address bar",
        async (world) => {
            const { address } = await world.operator();
            expect_that(address.endsWith("/home"), `it led to ${address}`);
            const page = await world.page();
            await page.goto(world.server.set_up_path);
            await fill(page, {
                "Your name": "Eve",
                "E-mail": "eve@example.com",
                Password: password,
                Organization: "Eve",
            });
            expect_that(page.url().endsWith("/setup"), `the token stands in ${page.url()}`);
            await press(page, "Create account");
            await page.getByRole("alert").getByText("The set-up link is not valid.").waitFor();
        },
    ],
    [
        "A form says at each field what is wrong, before and after the server has seen it",
        async (world) => {
            const page = await world.page();
            await page.goto("/signup");
            await press(page, "Create account");
            const name = page.getByLabel("Your name");
            await page.getByText("Something has to be put right below.").waitFor();
            expect_that((await page.getByText("This is needed.").count()) === 4, "four fields are needed");
            expect_that(await name.evaluate((one) => one === document.activeElement), "the first fault has the focus");
            await fill(page, {
                "Your name": "Bo",
                "E-mail": "bo@example.com",
                Password: "password",
                Organization: "Bo's",
            });
            await press(page, "Create account");
            await page.locator("#password-note").getByText(/^It /).waitFor();
            expect_that(
                (await page.getByLabel("Password").getAttribute("aria-invalid")) === "true",
                "the field is not marked",
            );
        },
    ],
    [
        "Whoever signs up gets a mail, confirms the address with it and is let in",
        async (world) => {
            const page = await world.page();
            await page.goto("/signup");
            await fill(page, {
                "Your name": "Noor Vale",
                "E-mail": "noor@example.com",
                Password: password,
                Organization: "Vale Ltd",
            });
            await press(page, "Create account");
            await heading(page, "Look into your mail");
            const link = await world.server.mailed_link("noor@example.com", "/verify");
            await page.goto(link);
            await press(page, "Confirm this address");
            await page.getByText("noor@example.com is your address.").waitFor();
            expect_that(!page.url().includes("token"), "the token stays in the address bar");
            await page.goto("/login");
            await fill(page, { "E-mail": "noor@example.com", Password: password });
            await press(page, "Sign in");
            await heading(page, "Home");
        },
    ],
    [
        "A wrong password is refused in words, and a page that asks for a session is come back to",
        async (world) => {
            const { email } = await world.owner("Per Lind");
            const page = await world.page();
            await page.goto("/home?from=a-link");
            await page.getByText("Your session has ended.").waitFor();
            await fill(page, { "E-mail": email, Password: "not this one" });
            await press(page, "Sign in");
            await page.getByText("The address or the password is wrong.").waitFor();
            await fill(page, { Password: password });
            await press(page, "Sign in");
            await heading(page, "Home");
            expect_that(page.url().endsWith("/home?from=a-link"), `it led to ${page.url()}`);
        },
    ],
    [
        "A way back leads to no other site",
        async (world) => {
            const { email } = await world.owner("Ida Berg");
            const page = await world.page();
            for (const back of ["//evil.example/", "/\\evil.example"]) {
                await page.goto(`/login?back=${encodeURIComponent(back)}`);
                await fill(page, { "E-mail": email, Password: password });
                await press(page, "Sign in");
                await heading(page, "Home");
                expect_that(page.url() === `${world.server.address}/home`, `it led to ${page.url()}`);
            }
        },
    ],
    [
        "A forgotten password is replaced by the mailed link, which works once",
        async (world) => {
            const { email } = await world.owner("Tom Reed");
            const page = await world.page();
            await page.goto("/login");
            await page.getByRole("link", { name: "Forgot your password?" }).click();
            await heading(page, "Choose a new password"); // the page before has a field of the same name
            await fill(page, { "E-mail": email });
            await press(page, "Send the link");
            await heading(page, "Look into your mail");
            const link = await world.server.mailed_link(email, "/reset");
            await page.goto(link);
            await fill(page, { "New password": "another harbour at ten" });
            await press(page, "Set the password");
            await heading(page, "Your password is changed");
            await page.goto("/login");
            await page.goto(link);
            await fill(page, { "New password": "a third harbour at one" });
            await press(page, "Set the password");
            await page.getByRole("alert").getByText(/link/i).waitFor();
        },
    ],
    [
        "Pages before signing in have no fault that axe finds, in both widths and schemes",
        async (world) => {
            const pages = [
                ["/", "Everything around a product, in one program"],
                ["/login", "Sign in"],
                ["/signup", "Make an account"],
                ["/single-sign-on", "Single sign-on"],
                ["/forgot", "Choose a new password"],
                ["/reset", "Choose a new password"],
                ["/verify", "Confirm your address"],
                ["/invitation", "This invitation cannot be used"],
                ["/setup", "Set up Mainstay"],
            ];
            await world.look_everywhere(
                pages.map(([path, title]) => [path, path.slice(1) || "landing", (page) => heading(page, title)]),
            );
        },
    ],
];
