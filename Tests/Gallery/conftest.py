"""The gallery page, from its files, in headless Chromium."""

import os
import pathlib

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ADAIN_BUILD", ROOT / "build"))
PAGE = (BUILD / "gallery" / "index.html").as_uri()
SCREENSHOTS = BUILD / "gallery-screenshots"


def chromium(width, height, dark):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    # Containers have no user namespaces for its sandbox, and little shared memory.
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage",
                     f"--window-size={width},{height}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    # A phone's width is less than a window can have.
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
        {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
    return driver


@pytest.fixture(scope="module", params=[
    pytest.param((1440, 1000, False), id="desktop"),
    pytest.param((390, 844, True), id="phone, dark"),
])
def browser(request):
    driver = chromium(*request.param)
    driver.size = request.param[:2]
    yield driver
    driver.quit()


@pytest.fixture
def page(browser):
    browser.get_log("browser")
    browser.get(PAGE)
    yield browser
    assert browser.get_log("browser") == []


def screenshot(driver, name):
    SCREENSHOTS.mkdir(exist_ok=True)
    driver.save_screenshot(str(SCREENSHOTS / f"{name}-{driver.size[0]}.png"))
